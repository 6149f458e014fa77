/**
 * A trained network as a phone runs it: training-only layers gone, batch norms folded, all numbers
 * in place. Every export format is written from this form.
 */
@NullMarked
package org.finchnas.mobile.graph;

import org.jspecify.annotations.NullMarked;
