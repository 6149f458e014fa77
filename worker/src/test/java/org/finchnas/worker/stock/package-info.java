@NullMarked
package org.finchnas.worker.stock;

import org.jspecify.annotations.NullMarked;
