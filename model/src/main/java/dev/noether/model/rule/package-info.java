/**
 * What users know better than any model: which direction of a feature matters, which deviations are too small to care, and
 * when maintenance is. Each rule that speaks says why. Uses the words of the incidents, and a library for iCalendar files.
 */
@NullMarked
package dev.noether.model.rule;

import org.jspecify.annotations.NullMarked;
