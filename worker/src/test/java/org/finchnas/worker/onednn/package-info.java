@NullMarked
package org.finchnas.worker.onednn;

import org.jspecify.annotations.NullMarked;
