/** The search loop, its run directory and its slot processes. */
@NullMarked
package org.finchnas.coordinator;

import org.jspecify.annotations.NullMarked;
