/** The company's settings, for everyone who shares this file. */
import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { client } from '../../client/client.ts';
import { useInfo } from '../../client/info.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import type { Company } from './CompanyFields.tsx';
import { CompanyFields } from './CompanyFields.tsx';

export const CompanySection = (): ReactElement => {
  const { data: info } = useInfo();
  const { mutate, error, variables, isPending } = useMutation({
    mutationFn: (company: Company) => client['app.company']({ company }),
  });
  if (info?.company == null)
    return <EmptyState text="The company has not been set up in this file yet. Open the file again to be asked." />;
  return (
    <>
      {error !== null && <ErrorBar error={error} />}
      {/* What was typed stays in the field while it is written, and also when it was refused. */}
      <CompanyFields company={(isPending || error !== null ? variables : undefined) ?? info.company} onChange={mutate} />
    </>
  );
};
