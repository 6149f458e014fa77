@NullMarked
package org.finchnas.worker.cuda;

import org.jspecify.annotations.NullMarked;
