/** A run as one file that opens from disk: the page of the dashboard with its data inside. */
@NullMarked
package org.finchnas.cli.report;

import org.jspecify.annotations.NullMarked;
