/** Charts as SVG, written without a library so that they open anywhere. */
@NullMarked
package org.finchnas.cli.chart;

import org.jspecify.annotations.NullMarked;
