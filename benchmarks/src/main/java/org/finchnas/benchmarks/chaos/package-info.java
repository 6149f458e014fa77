/** Whether a cluster's search loses anything when machines, processes and the network fail. */
@NullMarked
package org.finchnas.benchmarks.chaos;

import org.jspecify.annotations.NullMarked;
