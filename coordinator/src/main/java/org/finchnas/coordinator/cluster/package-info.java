/** The coordinator's side of a cluster: who works, on what, and since when nobody heard of them. */
@NullMarked
package org.finchnas.coordinator.cluster;

import org.jspecify.annotations.NullMarked;
