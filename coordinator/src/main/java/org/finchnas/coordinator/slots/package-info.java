/** Trains candidates in child processes of this machine, and outlives what they do wrong. */
@NullMarked
package org.finchnas.coordinator.slots;

import org.jspecify.annotations.NullMarked;
