/**
 * Reads Core ML files as bytes and evaluates them with plain loops, so that what was written can be
 * compared with the network it was made from. Nothing here is shared with the writer: neither
 * messages nor names nor numbers, so a mistake of the one is no mistake of the other.
 */
@NullMarked
package org.finchnas.mobile.coreml.decoder;

import org.jspecify.annotations.NullMarked;
