/**
 * What came out, held against what went in: every observation accounted for once, and how fast. Uses no other package of
 * this module.
 */
@NullMarked
package dev.noether.cli.verify;

import org.jspecify.annotations.NullMarked;
