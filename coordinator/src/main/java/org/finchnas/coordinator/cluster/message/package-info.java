/** What workers and their coordinator say to each other, as versioned bytes. */
@NullMarked
package org.finchnas.coordinator.cluster.message;

import org.jspecify.annotations.NullMarked;
