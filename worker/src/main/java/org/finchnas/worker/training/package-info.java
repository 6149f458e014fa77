/** The training loop: batches, steps, checkpoints, weights on disk. */
@NullMarked
package org.finchnas.worker.training;

import org.jspecify.annotations.NullMarked;
