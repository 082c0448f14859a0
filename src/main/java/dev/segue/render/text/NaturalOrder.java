package dev.segue.render.text;

import java.util.Comparator;

/** Orders text as people count: {@code py2} before {@code py10}; runs of the digits 0 to 9 compare by their worth. */
public final class NaturalOrder implements Comparator<String> {
    public static final Comparator<String> INSTANCE = new NaturalOrder();

    private NaturalOrder() {}

    @Override
    public int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            int endA = endOfDigits(a, i);
            int endB = endOfDigits(b, j);
            int order = endA > i && endB > j
                    ? compareDigits(a.substring(i, endA), b.substring(j, endB))
                    : Character.compare(a.charAt(i), b.charAt(j));
            if (order != 0) {
                return order;
            }
            i = Math.max(endA, i + 1);
            j = Math.max(endB, j + 1);
        }
        int rest = Integer.compare(a.length() - i, b.length() - j);
        return rest != 0 ? rest : a.compareTo(b);
    }

    private static int compareDigits(String a, String b) {
        String worthA = a.replaceFirst("^0+", "");
        String worthB = b.replaceFirst("^0+", "");
        int byLength = Integer.compare(worthA.length(), worthB.length());
        return byLength != 0 ? byLength : worthA.compareTo(worthB);
    }

    private static int endOfDigits(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }
}
