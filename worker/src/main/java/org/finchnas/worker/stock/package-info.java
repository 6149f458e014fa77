/** A trained network as a model of stock Deeplearning4j, for users who do not have Finch. */
@NullMarked
package org.finchnas.worker.stock;

import org.jspecify.annotations.NullMarked;
