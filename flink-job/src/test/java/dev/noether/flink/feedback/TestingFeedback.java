package dev.noether.flink.feedback;

import dev.noether.flink.feedback.FeedbackNews.RawFeedback;
import dev.noether.schemas.Feedback;
import dev.noether.schemas.FeedbackCodec;
import dev.noether.schemas.FeedbackVerdict;
import dev.noether.schemas.Incident;
import dev.noether.schemas.JudgedIncident;
import java.util.ArrayList;
import java.util.List;

/** Judgements as they are in the topic. */
public final class TestingFeedback {
    private TestingFeedback() {}

    /** A judgement that counts from an event time on. */
    public static Feedback of(Incident incident, FeedbackVerdict verdict, long from) {
        return new Feedback(incident.id(), verdict, from, "anna", null, from, JudgedIncident.of(incident));
    }

    /** Judgements with their places in the topic. */
    public static List<PlacedFeedback> placed(List<Feedback> judgements) {
        List<PlacedFeedback> placed = new ArrayList<>();
        for (Feedback feedback : judgements) {
            placed.add(new PlacedFeedback(placed.size(), feedback));
        }
        return placed;
    }

    /** The event that tells a subtask of a judgement. */
    public static FeedbackNews news(long offset, Feedback feedback) {
        return FeedbackNews.of(List.of(new RawFeedback(offset, new FeedbackCodec().encode(feedback))), 1 << 18)
                .get(0);
    }
}
