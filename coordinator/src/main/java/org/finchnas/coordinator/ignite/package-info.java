/**
 * Apache Ignite as the wire between coordinator and workers; no Ignite type leaves this package.
 */
@NullMarked
package org.finchnas.coordinator.ignite;

import org.jspecify.annotations.NullMarked;
