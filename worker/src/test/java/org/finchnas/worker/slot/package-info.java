@NullMarked
package org.finchnas.worker.slot;

import org.jspecify.annotations.NullMarked;
