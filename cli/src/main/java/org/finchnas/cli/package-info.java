/** The finch command: wiring, printing, exit codes. */
@NullMarked
package org.finchnas.cli;

import org.jspecify.annotations.NullMarked;
