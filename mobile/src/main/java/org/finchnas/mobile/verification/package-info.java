/** Whether an exported file computes what the network it was made from computes. */
@NullMarked
package org.finchnas.mobile.verification;

import org.jspecify.annotations.NullMarked;
