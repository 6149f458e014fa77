/** Search algorithms over any encoding, as their papers describe them. */
@NullMarked
package org.finchnas.evolution.algorithm;

import org.jspecify.annotations.NullMarked;
