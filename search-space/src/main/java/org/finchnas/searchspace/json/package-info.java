/** JSON without a library: this module has no dependencies. */
@NullMarked
package org.finchnas.searchspace.json;

import org.jspecify.annotations.NullMarked;
