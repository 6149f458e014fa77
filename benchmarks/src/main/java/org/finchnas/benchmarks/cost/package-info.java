/** What a published search would take on this machine. */
@NullMarked
package org.finchnas.benchmarks.cost;

import org.jspecify.annotations.NullMarked;
