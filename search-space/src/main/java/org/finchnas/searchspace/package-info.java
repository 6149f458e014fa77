/** Operations, cells and architectures, and the networks they assemble to. */
@NullMarked
package org.finchnas.searchspace;

import org.jspecify.annotations.NullMarked;
