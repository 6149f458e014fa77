/**
 * The worker's side of a cluster: pulls work, trains it in slots, keeps results until they are
 * acknowledged.
 */
@NullMarked
package org.finchnas.coordinator.cluster.worker;

import org.jspecify.annotations.NullMarked;
