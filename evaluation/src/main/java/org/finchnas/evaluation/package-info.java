/** The contract between searching and training. */
@NullMarked
package org.finchnas.evaluation;

import org.jspecify.annotations.NullMarked;
