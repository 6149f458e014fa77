/** Trains candidates for a search: in a process of its own, or in this one. */
@NullMarked
package org.finchnas.worker.slot;

import org.jspecify.annotations.NullMarked;
