/** How many images a search with rungs and inherited weights needs, beside plain evolution. */
@NullMarked
package org.finchnas.benchmarks.fidelity;

import org.jspecify.annotations.NullMarked;
