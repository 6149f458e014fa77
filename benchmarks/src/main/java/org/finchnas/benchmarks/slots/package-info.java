/** Slot processes as a search runs them: how fast side by side, how large after many candidates. */
@NullMarked
package org.finchnas.benchmarks.slots;

import org.jspecify.annotations.NullMarked;
