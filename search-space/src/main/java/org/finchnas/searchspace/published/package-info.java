/** Networks from the literature, by name: cells as notation, others built layer by layer. */
@NullMarked
package org.finchnas.searchspace.published;

import org.jspecify.annotations.NullMarked;
