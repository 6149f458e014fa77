@NullMarked
package org.finchnas.worker;

import org.jspecify.annotations.NullMarked;
