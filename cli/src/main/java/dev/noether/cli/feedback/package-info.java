/** The list of all judgements of incidents, as the commands show it. */
@NullMarked
package dev.noether.cli.feedback;

import org.jspecify.annotations.NullMarked;
