/** The notations in which other tools write architectures down, read and written. */
@NullMarked
package org.finchnas.searchspace.notation;

import org.jspecify.annotations.NullMarked;
