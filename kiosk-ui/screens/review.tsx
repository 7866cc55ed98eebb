import type { ReviewFields } from '#contract/screen/screen-state.ts';
import { HandIcon } from '../drawings/icons.tsx';
import { BigButton } from '../parts/big-button.tsx';
import { CoveredField } from '../parts/covered-field.tsx';
import { Layout } from '../parts/layout.tsx';
import type { Previews, ScreenProps } from '../parts/screen-props.ts';

type Field = Exclude<keyof ReviewFields, 'name' | 'nameMasked' | 'nikMasked'>;
const covered: readonly Field[] = ['address', 'birthPlaceAndDate', 'sex', 'maritalStatus'];

/** The last look before a card is spent: each field shows itself only while it is pressed. */
export function ReviewScreen({ screen: { fields }, words: { review }, tap }: ScreenProps<'review'>) {
  return (
    <Layout
      shape="reading"
      title={review.title}
      actions={
        <>
          <BigButton kind="main" onPress={() => tap({ tap: 'answer', answer: 'yes' })}>
            {review.yes}
          </BigButton>
          <BigButton onPress={() => tap({ tap: 'answer', answer: 'data-wrong' })}>{review.wrong}</BigButton>
          <BigButton onPress={() => tap({ tap: 'answer', answer: 'not-me' })}>{review.notMe}</BigButton>
        </>
      }
    >
      <p class="lead">{review.help}</p>
      <p class="press">
        <HandIcon />
        {review.press}
      </p>
      <div class="fields">
        <CoveredField
          kind="name"
          label={review.isItYou}
          value={fields.name}
          cover={fields.nameMasked}
          hidden={review.hidden}
        />
        <p class="field plain nik">
          <span class="label">{review.fields.nikMasked}</span>
          <span class="value">{fields.nikMasked}</span>
        </p>
        {covered.map((field) => (
          <CoveredField
            key={field}
            kind={field}
            label={review.fields[field]}
            value={fields[field]}
            cover="••••••••"
            hidden={review.hidden}
          />
        ))}
      </div>
    </Layout>
  );
}

const siti: ReviewFields = {
  nameMasked: 'SI•••• NU••••',
  name: 'SITI NURHALIZAH',
  birthPlaceAndDate: 'PALEMBANG, 14-03-2008',
  sex: 'PEREMPUAN',
  address: 'JL. KI MEROGAN LR. SEPAKAT NO. 12 RT 012/RW 004, KEL. KERTAPATI, KEC. KERTAPATI',
  maritalStatus: 'BELUM KAWIN',
  nikMasked: '•••• •••• •••• 0000',
};
const longest = {
  nameMasked: 'RA•••• MU•••• AB•••• KE•••• NG•••• SU•••• DI•••• PR••••',
  name: 'RADEN MUHAMMAD ABDURRAHMAN KERTANEGARA NGABEHI SURYADININGRAT DIPONEGORO PRAWIRA',
  address:
    'PERUMAHAN TAMAN SARI KENTEN PERMAI BLOK AA NO. 123 JALAN MAYOR ZURBI BUSTAN LORONG KELAPA GADING RAYA RT 012/RW 004, KEL. BUKIT SANGKAL, KEC. KALIDONI',
};

export const reviewPreviews = (): Previews<'review'> => ({
  review: { screen: { at: 'review', fields: siti } },
  'review-one-word': {
    screen: { at: 'review', fields: { ...siti, name: 'AMIN', nameMasked: 'AM••••' } },
  },
  'review-long-name': { screen: { at: 'review', fields: { ...siti, ...longest } } },
});
