package dev.noether.schemas;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** The codec of {@link PromotionDecision}. */
public final class PromotionDecisionCodec extends RecordCodec<PromotionDecision> {
    private static final Outcome[] OUTCOMES = Outcome.values();

    /** The order of the symbols in the schema. */
    private enum Outcome {
        PROMOTED,
        REFUSED,
        WITHDRAWN,
        SHADOWED,
        OTHER
    }

    public PromotionDecisionCodec() {
        super(SchemaStore.newest("PromotionDecision"), SchemaStore.released());
    }

    @Override
    protected void write(PromotionDecision decision, Encoder out) throws IOException {
        DecisionFacts facts = decision.facts();
        out.writeString(facts.detector());
        out.writeLong(facts.model().version());
        out.writeString(facts.model().sha256());
        out.writeEnum(outcome(decision).ordinal());
        out.writeString(facts.reason());
        out.writeString(facts.decidedBy());
        out.writeLong(facts.decidedAt());
        ModelIdentity champion = facts.champion();
        writeModelVersion(champion == null ? Score.NO_MODEL : champion.version(), out);
        writeText(champion == null ? null : champion.sha256(), out);
        out.writeArrayStart();
        out.setItemCount(facts.figures().size());
        for (GateFigure figure : facts.figures()) {
            out.startItem();
            out.writeString(figure.name());
            writeNumber(figure.challenger(), out);
            writeNumber(figure.champion(), out);
            writeNumber(figure.limit(), out);
            out.writeBoolean(figure.isPassed());
            out.writeString(figure.sentence());
        }
        out.writeArrayEnd();
    }

    private static Outcome outcome(PromotionDecision decision) {
        if (decision instanceof PromotionDecision.Promoted) {
            return Outcome.PROMOTED;
        }
        if (decision instanceof PromotionDecision.Refused) {
            return Outcome.REFUSED;
        }
        if (decision instanceof PromotionDecision.Withdrawn) {
            return Outcome.WITHDRAWN;
        }
        return decision instanceof PromotionDecision.Shadowed ? Outcome.SHADOWED : Outcome.OTHER;
    }

    @Override
    protected PromotionDecision read(BinaryDecoder in, int limit) throws IOException, MalformedRecordException {
        String detector = readString(in, limit);
        ModelIdentity model = new ModelIdentity(in.readLong(), readString(in, limit));
        Outcome outcome = readEnum(in, OUTCOMES);
        String reason = readString(in, limit);
        String decidedBy = readString(in, limit);
        long decidedAt = in.readLong();
        ModelIdentity champion = champion(readModelVersion(in), readText(in, limit));
        DecisionFacts facts =
                new DecisionFacts(detector, model, champion, reason, decidedBy, decidedAt, figures(in, limit));
        return switch (outcome) {
            case PROMOTED -> new PromotionDecision.Promoted(facts);
            case REFUSED -> new PromotionDecision.Refused(facts);
            case WITHDRAWN -> new PromotionDecision.Withdrawn(facts);
            case SHADOWED -> new PromotionDecision.Shadowed(facts);
            case OTHER -> new PromotionDecision.Unknown(facts);
        };
    }

    private static @Nullable ModelIdentity champion(long version, @Nullable String sha256) {
        return version == Score.NO_MODEL || sha256 == null ? null : new ModelIdentity(version, sha256);
    }

    private List<GateFigure> figures(BinaryDecoder in, int limit) throws IOException, MalformedRecordException {
        List<GateFigure> figures = new ArrayList<>();
        for (long items = in.readArrayStart(); items != 0; items = in.arrayNext()) {
            int count = checkedCount(items, limit);
            for (int i = 0; i < count; i++) {
                figures.add(new GateFigure(
                        readString(in, limit),
                        readNumber(in),
                        readNumber(in),
                        readNumber(in),
                        in.readBoolean(),
                        readString(in, limit)));
            }
        }
        return figures;
    }
}
