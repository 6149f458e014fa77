/**
 * The keys of a cluster: a private certificate authority for mutual TLS, made once and read by
 * every node.
 */
@NullMarked
package org.finchnas.coordinator.keys;

import org.jspecify.annotations.NullMarked;
