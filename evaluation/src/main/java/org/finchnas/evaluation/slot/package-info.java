/** What a slot process and its owner say to each other. */
@NullMarked
package org.finchnas.evaluation.slot;

import org.jspecify.annotations.NullMarked;
