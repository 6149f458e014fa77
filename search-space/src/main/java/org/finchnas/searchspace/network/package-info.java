/**
 * The one description of a network: layers in topological order, with shapes, that knows no
 * framework. Counting, drawing, training and every exporter read only this.
 */
@NullMarked
package org.finchnas.searchspace.network;

import org.jspecify.annotations.NullMarked;
