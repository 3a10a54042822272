/**
 * HTML pages with tables and SVG charts, self-contained and without scripts, in light and dark. Uses no other package.
 */
@NullMarked
package dev.noether.lab.html;

import org.jspecify.annotations.NullMarked;
