/** What the commands {@code noether models …} show: a detector's models as text and as JSON. Reads nothing itself. */
@NullMarked
package dev.noether.cli.models;

import org.jspecify.annotations.NullMarked;
