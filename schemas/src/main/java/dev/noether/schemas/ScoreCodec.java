package dev.noether.schemas;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** The codec of {@link Score}. */
public final class ScoreCodec extends RecordCodec<Score> {
    private static final Verdict[] VERDICTS = Verdict.values();
    private static final UnscoredReason[] REASONS = UnscoredReason.values();

    private final RepeatedText hash = new RepeatedText();
    private final ShadowScoreFields shadow = new ShadowScoreFields();

    public ScoreCodec() {
        super(SchemaStore.newest("Score"), SchemaStore.released());
    }

    @Override
    protected void write(Score score, Encoder out) throws IOException {
        out.writeString(score.detector());
        out.writeString(score.entity());
        out.writeLong(score.windowStart());
        out.writeLong(score.windowEnd());
        out.writeInt(score.sourcePartition());
        out.writeLong(score.sourceOffset());
        out.writeEnum(score.verdict().ordinal());
        UnscoredReason reason = score.unscoredReason();
        if (reason == null) {
            out.writeIndex(0);
        } else {
            out.writeIndex(1);
            out.writeEnum(reason.ordinal());
        }
        writeNumber(score.score(), out);
        writeNumber(score.pValue(), out);
        writeNumber(score.threshold(), out);
        writeContributions(score.contributions(), out);
        writeTexts(score.imputed(), out);
        writeModelVersion(score.modelVersion(), out);
        writeNumber(score.alarmScore(), out);
        writeText(score.suppressed(), out);
        writeStuck(score.stuck(), out);
        ShapeFindingFields.write(score.shapeFinding(), out);
        hash.write(score.modelHash(), out);
        shadow.write(score.shadow(), out);
        ScheduleFindingFields.write(score.scheduleFinding(), out);
    }

    @Override
    protected Score read(BinaryDecoder in, int limit) throws IOException, MalformedRecordException {
        String detector = readString(in, limit);
        String entity = readString(in, limit);
        long windowStart = in.readLong();
        long windowEnd = in.readLong();
        int partition = in.readInt();
        long offset = in.readLong();
        Verdict verdict = readEnum(in, VERDICTS);
        @Nullable UnscoredReason reason = readBranch(in, 2) == 0 ? null : readEnum(in, REASONS);
        double value = readNumber(in);
        double pValue = readNumber(in);
        double threshold = readNumber(in);
        List<Contribution> contributions = readContributions(in, limit);
        List<String> imputed = readTexts(in, limit);
        long modelVersion = readModelVersion(in);
        double alarmScore = readNumber(in);
        @Nullable String suppressed = readText(in, limit);
        return new Score(
                detector,
                entity,
                windowStart,
                windowEnd,
                partition,
                offset,
                verdict,
                reason,
                value,
                pValue,
                threshold,
                contributions,
                imputed,
                modelVersion,
                alarmScore,
                suppressed,
                readStuck(in, limit),
                ShapeFindingFields.read(in, limit, this::readString),
                readText(in, limit),
                shadow.read(in, limit, this::readString),
                ScheduleFindingFields.read(in, limit, this::readString));
    }

    private static void writeContributions(List<Contribution> contributions, Encoder out) throws IOException {
        out.writeArrayStart();
        out.setItemCount(contributions.size());
        for (int i = 0; i < contributions.size(); i++) {
            Contribution contribution = contributions.get(i);
            out.startItem();
            out.writeString(contribution.feature());
            out.writeFloat(contribution.share());
            out.writeFloat(contribution.observed());
            out.writeFloat(contribution.expected());
            out.writeFloat(contribution.deviation());
            writeSingle(contribution.usualLow(), out);
            writeSingle(contribution.usualHigh(), out);
        }
        out.writeArrayEnd();
    }

    private List<Contribution> readContributions(BinaryDecoder in, int limit)
            throws IOException, MalformedRecordException {
        List<Contribution> contributions = new ArrayList<>();
        for (long items = in.readArrayStart(); items != 0; items = in.arrayNext()) {
            int count = checkedCount(items, limit / (4 * Float.BYTES));
            for (int i = 0; i < count; i++) {
                contributions.add(new Contribution(
                        readString(in, limit),
                        in.readFloat(),
                        in.readFloat(),
                        in.readFloat(),
                        in.readFloat(),
                        readSingle(in),
                        readSingle(in)));
            }
        }
        return List.copyOf(contributions);
    }

    private static void writeStuck(List<StuckFeature> stuck, Encoder out) throws IOException {
        out.writeArrayStart();
        out.setItemCount(stuck.size());
        for (int i = 0; i < stuck.size(); i++) {
            StuckFeature feature = stuck.get(i);
            out.startItem();
            out.writeString(feature.feature());
            out.writeInt(feature.observations());
            out.writeDouble(feature.pValue());
        }
        out.writeArrayEnd();
    }

    private List<StuckFeature> readStuck(BinaryDecoder in, int limit) throws IOException, MalformedRecordException {
        long items = in.readArrayStart();
        if (items == 0) {
            return List.of();
        }
        List<StuckFeature> stuck = new ArrayList<>();
        for (; items != 0; items = in.arrayNext()) {
            int count = checkedCount(items, limit / Double.BYTES);
            for (int i = 0; i < count; i++) {
                stuck.add(new StuckFeature(readString(in, limit), in.readInt(), in.readDouble()));
            }
        }
        return List.copyOf(stuck);
    }
}
