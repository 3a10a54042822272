/**
 * Pages that stand alone: HTML with tables and pictures drawn as SVG, without scripts and without anything from elsewhere, in
 * light and dark. Knows nothing of what is shown. Uses no other package of this module.
 */
@NullMarked
package dev.noether.lab.report;

import org.jspecify.annotations.NullMarked;
