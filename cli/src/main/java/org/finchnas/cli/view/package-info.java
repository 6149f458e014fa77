/**
 * What people see of a run, as JSON for the page that the dashboard serves and the report holds.
 */
@NullMarked
package org.finchnas.cli.view;

import org.jspecify.annotations.NullMarked;
