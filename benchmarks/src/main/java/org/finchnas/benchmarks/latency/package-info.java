/** How well latencies are foretold. */
@NullMarked
package org.finchnas.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
