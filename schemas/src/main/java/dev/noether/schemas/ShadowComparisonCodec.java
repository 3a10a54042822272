package dev.noether.schemas;

import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Encoder;

/** The codec of {@link ShadowComparison}. */
public final class ShadowComparisonCodec extends RecordCodec<ShadowComparison> {
    private static final ShadowOutcome[] OUTCOMES = ShadowOutcome.values();

    public ShadowComparisonCodec() {
        super(SchemaStore.newest("ShadowComparison"), SchemaStore.released());
    }

    @Override
    protected void write(ShadowComparison comparison, Encoder out) throws IOException {
        out.writeString(comparison.detector());
        write(comparison.model(), out);
        write(comparison.champion(), out);
        out.writeLong(comparison.range().from());
        out.writeLong(comparison.range().to());
        out.writeBoolean(comparison.range().isProlonged());
        ShadowRows rows = comparison.rows();
        out.writeLong(rows.compared());
        out.writeLong(rows.unjudged());
        out.writeLong(rows.entities());
        out.writeLong(rows.flaggedByBoth());
        out.writeLong(rows.flaggedByChallenger());
        out.writeLong(rows.flaggedByChampion());
        ShadowAlarms alarms = comparison.alarms();
        out.writeLong(alarms.shared());
        out.writeLong(alarms.challengerOnly());
        out.writeLong(alarms.championOnly());
        ShadowFigures figures = comparison.figures();
        writeNumber(figures.alarmRatioLow(), out);
        writeNumber(figures.alarmRatioHigh(), out);
        writeNumber(figures.rankCorrelation(), out);
        writeNumber(figures.cost(), out);
        out.writeEnum(comparison.outcome().ordinal());
        out.writeLong(comparison.updatedAt());
    }

    private static void write(ModelIdentity model, Encoder out) throws IOException {
        out.writeLong(model.version());
        out.writeString(model.sha256());
    }

    @Override
    protected ShadowComparison read(BinaryDecoder in, int limit) throws IOException, MalformedRecordException {
        return new ShadowComparison(
                readString(in, limit),
                new ModelIdentity(in.readLong(), readString(in, limit)),
                new ModelIdentity(in.readLong(), readString(in, limit)),
                new ShadowRange(in.readLong(), in.readLong(), in.readBoolean()),
                new ShadowRows(
                        in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong()),
                new ShadowAlarms(in.readLong(), in.readLong(), in.readLong()),
                new ShadowFigures(readNumber(in), readNumber(in), readNumber(in), readNumber(in)),
                readEnum(in, OUTCOMES),
                in.readLong());
    }
}
