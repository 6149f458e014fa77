/** What a cluster costs: coordinator, workers and messages, with trainings that only take time. */
@NullMarked
package org.finchnas.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
