/** Tables of architectures that were trained once and for all, and searches on them. */
@NullMarked
package org.finchnas.evolution.tabular;

import org.jspecify.annotations.NullMarked;
