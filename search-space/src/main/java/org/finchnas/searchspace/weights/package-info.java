/** Trained networks as files that Python reads too. */
@NullMarked
package org.finchnas.searchspace.weights;

import org.jspecify.annotations.NullMarked;
