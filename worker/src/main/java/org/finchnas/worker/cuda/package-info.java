/** Which NVIDIA GPUs there are, asked in a process of its own. */
@NullMarked
package org.finchnas.worker.cuda;

import org.jspecify.annotations.NullMarked;
