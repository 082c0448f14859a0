package dev.segue.diff;

import com.github.difflib.DiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Chunk;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which lines two texts have in common, in order: the n-th kept old line is the n-th kept new line. */
record LineMatch(BitSet keptOld, BitSet keptNew) {

    static LineMatch between(List<String> oldLines, List<String> newLines) {
        // Lines that the other side has nowhere need no search, whose time grows with the square of the difference.
        List<Integer> oldAt = placesOf(oldLines, new HashSet<>(newLines));
        List<Integer> newAt = placesOf(newLines, new HashSet<>(oldLines));
        List<String> oldShared = oldAt.stream().map(oldLines::get).toList();
        List<String> newShared = newAt.stream().map(newLines::get).toList();
        LineMatch match = new LineMatch(bits(oldAt), bits(newAt));
        for (AbstractDelta<String> delta : DiffUtils.diff(oldShared, newShared, new MyersDiffWithLinearSpace<>())
                .getDeltas()) {
            drop(match.keptOld, oldAt, delta.getSource());
            drop(match.keptNew, newAt, delta.getTarget());
        }
        return match;
    }

    private static List<Integer> placesOf(List<String> lines, Set<String> others) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (others.contains(lines.get(i))) {
                places.add(i);
            }
        }
        return places;
    }

    private static BitSet bits(List<Integer> places) {
        BitSet bits = new BitSet();
        places.forEach(bits::set);
        return bits;
    }

    private static void drop(BitSet kept, List<Integer> places, Chunk<String> chunk) {
        places.subList(chunk.getPosition(), chunk.getPosition() + chunk.size()).forEach(kept::clear);
    }
}
