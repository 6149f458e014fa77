/**
 * Image data sets, read, split and shared between processes without a machine learning framework.
 */
@NullMarked
package org.finchnas.data;

import org.jspecify.annotations.NullMarked;
