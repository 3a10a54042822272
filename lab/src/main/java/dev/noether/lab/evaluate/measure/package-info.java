/**
 * What is measured on a judged series, and how series are put together: from the metrics of the model's evaluation package.
 */
@NullMarked
package dev.noether.lab.evaluate.measure;

import org.jspecify.annotations.NullMarked;
