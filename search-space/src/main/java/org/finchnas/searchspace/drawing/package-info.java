/** Cells and networks as pictures. */
@NullMarked
package org.finchnas.searchspace.drawing;

import org.jspecify.annotations.NullMarked;
