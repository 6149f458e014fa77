/**
 * Core ML files: a neural network of specification 3 in one file, or an ML program as a package.
 * Nothing here runs Core ML; what was written is read back and evaluated by {@code decoder}.
 */
@NullMarked
package org.finchnas.mobile.coreml;

import org.jspecify.annotations.NullMarked;
