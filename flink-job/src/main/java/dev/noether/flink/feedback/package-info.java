/**
 * The topic of the feedback: what people say of incidents. {@link dev.noether.flink.feedback.FeedbackTopic} reads and
 * writes it outside of Flink; {@link dev.noether.flink.feedback.FeedbackOperatorFactory} brings what is new to the
 * subtasks of a running job. What a dismissed incident changes is decided in the module {@code dev.noether.incident}.
 */
@NullMarked
package dev.noether.flink.feedback;

import org.jspecify.annotations.NullMarked;
